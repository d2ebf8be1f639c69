"""pairmatch against its peers: instances, solvers and measurements."""
