"""Pages of campaigns and of their desk."""
