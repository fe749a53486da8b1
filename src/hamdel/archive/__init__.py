"""Earlier replies: how they are made comparable and how the nearest one is found."""
