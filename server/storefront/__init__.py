"""The demo shop's pages and the small interface behind them."""
