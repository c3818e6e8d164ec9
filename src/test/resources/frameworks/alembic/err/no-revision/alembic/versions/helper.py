# a helper that strayed here
X = 1
