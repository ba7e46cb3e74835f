"""The imagined webshop behind the files: customers, products, orders, and errors in them."""
