[title]
mr
