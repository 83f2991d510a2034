package rows

import (
	"cmp"

	"trail403/ingest/event"
)

// objects numbers the objects that records were read from, from 1 on. A record from
// elsewhere has the number 0. The records of an object come one after another.
type objects struct {
	number map[event.Object]uint32
	list   []event.Object
	last   uint32
}

func (o *objects) intern(x event.Object) uint32 {
	switch {
	case x.Name == "":
		return 0
	case o.last > 0 && o.list[o.last-1] == x:
		return o.last
	}
	n, ok := o.number[x]
	if !ok {
		if o.number == nil {
			o.number = map[event.Object]uint32{}
		}
		o.list = append(o.list, x)
		n = uint32(len(o.list))
		o.number[x] = n
	}
	o.last = n
	return n
}

func (o *objects) of(n uint32) event.Object {
	if n == 0 {
		return event.Object{}
	}
	return o.list[n-1]
}

func (o *objects) reset() {
	clear(o.number)
	o.list, o.last = o.list[:0], 0
}

// compare orders rows by the places of their records.
func (o *objects) compare(a, b *Row) int {
	x, y := o.of(a.object), o.of(b.object)
	return cmp.Or(
		cmp.Compare(x.Name, y.Name), cmp.Compare(x.Entry, y.Entry), cmp.Compare(x.Member, y.Member),
		cmp.Compare(a.record, b.record),
	)
}
