"""The pages of `notifications`, and what machines ask."""
