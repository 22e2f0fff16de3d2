"""Yahoo Finance, through yfinance: asked with patience, believed with proof."""
