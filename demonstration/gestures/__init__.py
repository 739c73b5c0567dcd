"""What people do in the demonstration, one gesture a function, through the services that the pages use."""
