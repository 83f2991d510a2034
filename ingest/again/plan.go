package again

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"trail403/ingest/event"
)

// List is the records that are wanted, in their order.
type List interface {
	Len() int
	// Object returns a number for the object that holds a record, and Record the number of
	// the record in it.
	Object(i int) uint32
	Record(i int) int
	// Fingerprint returns the hash of a record as it was read first.
	Fingerprint(i int) uint64
	// Named returns the object with a number.
	Named(object uint32) event.Object
}

// plan is the records of a list by their places.
type plan struct {
	list    List
	objects []event.Object          // by the name of their entry and their number in it
	rank    map[event.Object]uint32 // the index of an object in objects
	ranks   map[uint32]uint32       // the same by its number in the list
	order   []uint32                // the records by object and number
}

func newPlan(list List) *plan {
	p := &plan{list: list, rank: map[event.Object]uint32{}, ranks: map[uint32]uint32{}}
	numbers := map[uint32]event.Object{}
	for i := range list.Len() {
		n := list.Object(i)
		if _, ok := numbers[n]; !ok {
			numbers[n] = list.Named(n)
			p.objects = append(p.objects, numbers[n])
		}
	}
	slices.SortFunc(p.objects, func(a, b event.Object) int {
		return cmp.Or(cmp.Compare(a.EntryName(), b.EntryName()), cmp.Compare(a.Member, b.Member), cmp.Compare(a.Name, b.Name))
	})
	for i, o := range p.objects {
		p.rank[o] = uint32(i)
	}
	for n, o := range numbers {
		p.ranks[n] = p.rank[o]
	}
	p.order = make([]uint32, list.Len())
	for i := range p.order {
		p.order[i] = uint32(i)
	}
	slices.SortFunc(p.order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(p.object(a), p.object(b)), cmp.Compare(list.Record(int(a)), list.Record(int(b))))
	})
	return p
}

// object returns the index of the object of a record.
func (p *plan) object(i uint32) uint32 { return p.ranks[p.list.Object(int(i))] }

// find returns the wanted record at a place.
func (p *plan) find(object event.Object, number int) (i int, ok bool) {
	rank, ok := p.rank[object]
	if !ok {
		return 0, false
	}
	at := sort.Search(len(p.order), func(n int) bool {
		i := p.order[n]
		o := p.object(i)
		return o > rank || o == rank && p.list.Record(int(i)) >= number
	})
	if at == len(p.order) {
		return 0, false
	}
	i = int(p.order[at])
	return i, p.object(p.order[at]) == rank && p.list.Record(i) == number
}

// part is the records that are wanted of one object, by their numbers in it.
type part struct {
	object  event.Object
	records []uint32
}

// entries walks the entries of listings, each with the objects in it.
func (p *plan) entries() iter.Seq[[]part] {
	return func(yield func([]part) bool) {
		var entry []part
		for first := 0; first < len(p.order); {
			object := p.object(p.order[first])
			end := first + 1
			for end < len(p.order) && p.object(p.order[end]) == object {
				end++
			}
			next := part{p.objects[object], p.order[first:end]}
			if len(entry) > 0 && entry[0].object.EntryName() != next.object.EntryName() {
				if !yield(entry) {
					return
				}
				entry = nil
			}
			entry, first = append(entry, next), end
		}
		if len(entry) > 0 {
			yield(entry)
		}
	}
}
