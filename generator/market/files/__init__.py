"""Your own files of prices, in the shapes in which people download them."""
