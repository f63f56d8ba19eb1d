"""The whole site as one document to print: the same views and components, pages of their own."""
