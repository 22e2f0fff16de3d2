"""Yahoo Finance, through yfinance: asked patiently, and checked before it is believed."""
