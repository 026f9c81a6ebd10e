"""What the shop can do on a customer's behalf: one module per operation, pure until the back end commits."""
