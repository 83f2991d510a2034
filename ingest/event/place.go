package event

// Object is a CloudTrail file, or a member of an archive, that holds records.
type Object struct {
	// Name is what is shown: the name of the entry of a listing and, of a member, a slash
	// and its own name. It may hold any bytes.
	Name string
	// Entry is how long the name of the entry is, with which Name begins.
	Entry int
	// Member is the number of the member in the archive, from 1, or 0 outside of any. Two
	// members can have the same name.
	Member int
	// Once says that the object can be read only once, as standard input.
	Once bool
}

// EntryName returns the name of the entry of a listing that holds the object.
func (o *Object) EntryName() string { return o.Name[:o.Entry] }

// Place is where a record is, so that it can be read again.
type Place struct {
	Object Object
	Record int // its number in the object, from 1, in the order in which they are read
}
