package packet

// Speaks reports whether a field, named by type and field, holds prose.
func Speaks(field string) bool { return voices[field] != silent }
