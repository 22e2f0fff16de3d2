"""Every file of an issue read as its reader does: pages, posts, drawings, paper."""
