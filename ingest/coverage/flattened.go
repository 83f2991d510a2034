package coverage

import (
	"cmp"
	"slices"

	"trail403/ingest/envelope/flat"
)

// Flattened are the objects that were read in flattened shapes, an element a shape.
type Flattened []FlatObjects

// FlatObjects are the objects that were read in one flattened shape, and what they carry.
type FlatObjects struct {
	flat.Seen
	Object  string // the first of them by name
	Objects int
}

func (f *Flattened) add(more FlatObjects) {
	for i := range *f {
		if known := &(*f)[i]; known.Shape == more.Shape {
			known.Add(more.Seen)
			known.Objects += more.Objects
			known.Object = min(known.Object, more.Object)
			return
		}
	}
	*f = append(*f, more)
}

func (f *Flattened) merge(o Flattened) {
	for _, more := range o {
		f.add(more)
	}
}

func (f Flattened) sort() {
	slices.SortFunc(f, func(a, b FlatObjects) int { return cmp.Compare(a.Shape, b.Shape) })
}
