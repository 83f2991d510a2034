package rows

// absorb adds all of o, which afterwards may only be reset.
func (t *Table) absorb(o *Table) {
	for use := range o.keyUses {
		t.addKeyUse(use)
	}
	changes, uses := append(t.changes, o.changes...), t.keyUses
	o.changes, o.keyUses = nil, nil
	if t.rows.n == 0 && len(t.strings.list) <= 1 && o.rows.n > chunkRows {
		// The table is empty and o is large: taking o over avoids holding its rows twice.
		*t, *o = *o, *t
		t.changes, t.keyUses = changes, uses
		return
	}
	t.changes = changes
	numbers := make([]uint32, len(o.strings.list)+1) // the list may be empty, but 0 is always 0
	number := func(n uint32) uint32 {
		if n != 0 && numbers[n] == 0 {
			numbers[n] = t.strings.intern(o.strings.text(n))
		}
		return numbers[n]
	}
	t.absorbBesides(o, number)
	first := t.rows.n
	t.absorbRows(o, number)
	for _, x := range o.originals {
		t.originals = append(t.originals, original{first + x.row, x.id})
	}
	for x, s := range o.oddIDs {
		if t.oddIDs == nil {
			t.oddIDs = map[id]string{}
		}
		t.oddIDs[x] = s
	}
}

func (k GroupKey) mapTexts(number func(uint32) uint32) GroupKey {
	return GroupKey{number(k.Principal), number(k.Action), number(k.Bucket)}
}

func (t *Table) absorbBesides(o *Table, number func(uint32) uint32) {
	for k, from := range o.besides {
		b := t.beside(k.mapTexts(number))
		for _, d := range from.details {
			b.addDetail(d, t.allDetails)
		}
		t.absorbKeys(&b.keys, &from.keys, &o.strings, number)
	}
}

func (t *Table) absorbRows(o *Table, number func(uint32) uint32) {
	for i := range o.rows.n {
		if i%chunkRows == 0 && i > 0 {
			o.rows.chunks[i/chunkRows-1] = nil // o shrinks as t grows
		}
		r := *o.rows.at(i)
		if prefix := r.text[KeyPrefix]; prefix != 0 && t.shortened {
			k := &t.besides[r.group().mapTexts(number)].keys
			r.text[KeyPrefix] = 0
			r.mapTexts(number)
			r.text[KeyPrefix] = t.internPrefix(k, o.strings.text(prefix))
		} else {
			r.mapTexts(number)
		}
		t.rows.add(r)
	}
}
