"""Every figure that a rule may use, each as one column over the trading sessions."""
