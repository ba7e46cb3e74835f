"""The made-up webshop behind the files: who buys, what is sold, and what goes wrong on the way."""
