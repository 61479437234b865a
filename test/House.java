class House { }
