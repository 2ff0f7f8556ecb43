package packet

// Speaks reports whether a field, named by type and field, is read: as prose, or
// as the id of who answers.
func Speaks(field string) bool { return voices[field] != silent }

// SchemasUpTo lists the schemas that are read when the minor version is n.
var SchemasUpTo = schemasUpTo
