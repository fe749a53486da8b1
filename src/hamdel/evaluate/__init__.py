"""How far hamdel agrees with people: labelled cases in, figures with confidence intervals out."""
