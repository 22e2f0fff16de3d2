"""Your own price files, in the formats people usually download."""
