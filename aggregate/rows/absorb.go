package rows

// absorb adds all of o, which afterwards may only be reset.
func (t *Table) absorb(o *Table) {
	for use := range o.keyUses {
		t.addKeyUse(use)
	}
	t.documents.share(o.changes)
	changes, uses, documents := append(t.changes, o.changes...), t.keyUses, t.documents
	o.changes, o.keyUses, o.documents = nil, nil, nil
	if t.rows.n == 0 && len(t.strings.list) <= 1 && o.rows.n > chunkRows {
		// The table is empty and o is large: taking o over avoids holding its rows twice.
		generation := max(t.generation, o.generation) + 1
		*t, *o = *o, *t
		t.changes, t.keyUses, t.documents = changes, uses, documents
		t.generation, o.generation = generation, generation
		t.mapped, o.mapped, t.absorber, o.absorber = mapping{}, mapping{}, nil, nil
		return
	}
	t.changes = changes
	o.mapTo(t)
	t.absorbBesides(o)
	first := t.rows.n
	t.absorbRows(o)
	for _, x := range o.shared {
		t.shared = append(t.shared, alias{first + x.row, x.id})
	}
	for _, x := range o.originals {
		t.originals = append(t.originals, alias{first + x.row, x.id})
	}
	for x, s := range o.oddIDs {
		if t.oddIDs == nil {
			t.oddIDs = map[id]string{}
		}
		t.oddIDs[x] = s
	}
}

func (t *Table) absorbBesides(o *Table) {
	for k, from := range o.besides {
		b := t.beside(o.groupIn(t, k))
		for _, d := range from.details {
			if b.takes(d.micros, t.allDetails) {
				d.shape = t.shapes.share(d.shape)
				b.addDetail(d, t.allDetails)
			}
		}
		t.absorbKeys(&b.keys, &from.keys, &o.strings, func(n uint32) uint32 { return o.numberIn(t, n) })
	}
}

func (t *Table) absorbRows(o *Table) {
	objects := make([]uint32, len(o.objects.list)+1)
	for i, x := range o.objects.list {
		objects[i+1] = t.objects.intern(x)
	}
	for i := range o.rows.n {
		if i%chunkRows == 0 && i > 0 {
			o.rows.chunks[i/chunkRows-1] = nil // o shrinks as t grows
		}
		r := *o.rows.at(i)
		r.context = o.contextIn(t, r.context)
		r.sourceIP = o.numberIn(t, r.sourceIP)
		r.object = objects[r.object]
		r.credentials, r.call = o.credentialsIn(t, r.credentials), o.callIn(t, r.call)
		if prefix := r.keyPrefix; prefix != 0 && t.shortened {
			k := &t.besides[t.contexts.list[r.context].group()].keys
			r.keyPrefix = t.internPrefix(k, o.strings.text(prefix))
		} else {
			r.keyPrefix = o.numberIn(t, prefix)
		}
		t.rows.add(r)
	}
}

// mapTo makes ready to give numbers of t those of another table.
func (t *Table) mapTo(into *Table) {
	if m := &t.mapped; m.into != &into.strings || m.generation != into.generation {
		*m = mapping{into: &into.strings, generation: into.generation}
		t.absorber = into
	}
	t.mapped.strings = grow(t.mapped.strings, len(t.strings.list))
	t.mapped.contexts = grow(t.mapped.contexts, len(t.contexts.list))
	t.mapped.credentials = grow(t.mapped.credentials, len(t.credentials.list))
	t.mapped.calls = grow(t.mapped.calls, len(t.calls.list))
}

// numberIn returns the number of a string in the table that mapTo named.
func (t *Table) numberIn(into *Table, n uint32) uint32 {
	if n == 0 {
		return 0
	}
	m := &t.mapped
	if m.strings[n] == 0 {
		m.strings[n] = into.strings.intern(t.strings.text(n))
	}
	return m.strings[n]
}

// numbersIn replaces numbers by those of the same texts in the table that mapTo named.
func (t *Table) numbersIn(into *Table, list []uint32) {
	for i, n := range list {
		list[i] = t.numberIn(into, n)
	}
}

// contextIn does the same with a context.
func (t *Table) contextIn(into *Table, n uint32) uint32 {
	m := &t.mapped
	if m.contexts[n] == 0 {
		c := t.contexts.list[n]
		t.numbersIn(into, c.text[:])
		m.contexts[n] = into.contexts.intern(c) + 1
	}
	return m.contexts[n] - 1
}

// credentialsIn and callIn return the numbers in the table that mapTo named.
func (t *Table) credentialsIn(into *Table, n uint32) uint32 {
	m := &t.mapped
	if m.credentials[n] == 0 {
		c := t.credentials.list[n]
		t.numbersIn(into, c.text[:])
		m.credentials[n] = into.credentials.intern(c) + 1
	}
	return m.credentials[n] - 1
}

func (t *Table) callIn(into *Table, n uint32) uint32 {
	m := &t.mapped
	if m.calls[n] == 0 {
		c := t.calls.list[n]
		t.numbersIn(into, c.text[:])
		m.calls[n] = into.calls.intern(c) + 1
	}
	return m.calls[n] - 1
}

func (t *Table) groupIn(into *Table, k GroupKey) GroupKey {
	return GroupKey{t.numberIn(into, k.Principal), t.numberIn(into, k.Action), t.numberIn(into, k.Bucket)}
}
