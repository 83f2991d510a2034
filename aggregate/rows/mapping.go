package rows

// mapping gives the numbers of one table those of another that absorbs it.
type mapping struct {
	into       *Table
	generation int      // of that table
	strings    []uint32 // 0 where not known yet
	contexts   []uint32 // one more than the number, or 0
}

// mapTo makes ready to give numbers of t those of another table.
func (t *Table) mapTo(into *Table) {
	if m := &t.mapped; m.into != into || m.generation != into.generation {
		*m = mapping{into: into, generation: into.generation}
	}
	t.mapped.strings = grow(t.mapped.strings, len(t.strings.list))
	t.mapped.contexts = grow(t.mapped.contexts, len(t.contexts.list))
}

func grow(list []uint32, n int) []uint32 {
	if n > len(list) {
		list = append(list, make([]uint32, n-len(list))...)
	}
	return list
}

// number returns the other table's number of a string.
func (t *Table) number(n uint32) uint32 {
	if n == 0 {
		return 0
	}
	m := &t.mapped
	if m.strings[n] == 0 {
		m.strings[n] = m.into.strings.intern(t.strings.text(n))
	}
	return m.strings[n]
}

// contextNumber returns the other table's number of a context.
func (t *Table) contextNumber(n uint32) uint32 {
	m := &t.mapped
	if m.contexts[n] == 0 {
		c := t.contexts.list[n]
		for i, x := range c.text {
			c.text[i] = t.number(x)
		}
		m.contexts[n] = m.into.contexts.intern(c) + 1
	}
	return m.contexts[n] - 1
}

func (t *Table) groupNumbers(k GroupKey) GroupKey {
	return GroupKey{t.number(k.Principal), t.number(k.Action), t.number(k.Bucket)}
}
