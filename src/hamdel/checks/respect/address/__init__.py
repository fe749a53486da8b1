"""How «تو» is told from other words, and what makes «شما» of it."""
