"""What a browser may do with the site: the policy in each page, and the headers for its hosts."""
