"""What an editor helps with, in our own terms: fixes and explanations, without a word of any wire format."""
