"""Sums that customers ask for before they decide: what a return, an exchange, a change or a cancellation would come to."""
