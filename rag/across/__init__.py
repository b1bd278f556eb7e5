"""Questions about several plans: each plan answers for itself, then the answers are set side by
side: which say it, which is higher and by how much, what differs, in what order."""
