package file

import (
	"fmt"
	"slices"
	"strings"

	"trail403/ingest/event"
)

// Event is an event of a file, with the place of its record. It has one of Denial,
// Change and Key.
type Event struct {
	Denial *event.Denial
	Change *event.Change
	Key    *event.KeyUse
	Place  *event.Place
	Micros int64  // the time in Unix microseconds
	Record []byte // only if it was asked for

	setter *setter
	row    int
}

// Complete fills in what only examples show, if the reader was asked to leave it for
// later.
func (e *Event) Complete() error {
	if e.setter == nil {
		return nil
	}
	return e.setter.show(e.row)
}

// setter makes rows of the values of a row group. Rows of one kind come one after
// another, so which fields are set, and which values never change, is found out once.
type setter struct {
	values  []values // of the columns
	r       row
	texts   []textField
	shown   []textField // what only examples show
	later   bool        // it is set when it is asked for
	load    func() error
	isShown bool // by the last row
	event   Event
	numbers []numberField
	flags   []flagField
}

type textField struct {
	*values
	to *string
	// own says that the text gets memory of its own, since it is a part of a long one.
	own bool
}

type numberField struct {
	list []int64
	set  func(*row, int64)
}

type flagField struct {
	list []bool
	to   *bool
}

// start starts with the rows from first on that have the same kind, and returns where
// they end.
func (s *setter) start(first, rows int) (end int, err error) {
	v := s.valuesOf("kind")
	if len(v.at) != rows {
		return 0, fmt.Errorf("%w: it has no column kind", ErrCorrupt)
	}
	k := kind(v.texts[v.at[first]])
	if k != denials && k != changes && k != keys {
		return 0, fmt.Errorf("%w: a row is of the kind %q", ErrCorrupt, string(k))
	}
	end = first + 1
	for end < rows && v.at[end] == v.at[first] {
		end++
	}
	s.r = row{kind: k}
	s.texts, s.shown, s.numbers, s.flags = s.texts[:0], s.shown[:0], s.numbers[:0], s.flags[:0]
	for i := range columnList() {
		s.column(&columnList()[i], &s.values[i])
	}
	return end, nil
}

// show sets what only examples show of a row. It is loaded the first time.
func (s *setter) show(i int) error {
	if s.load != nil {
		if err := s.load(); err != nil {
			return err
		}
		s.load = nil
		for i := range columnList() {
			if c := &columnList()[i]; c.part == forShow {
				s.column(c, &s.values[i])
			}
		}
	}
	setTexts(s.shown, i)
	s.isShown = true
	return nil
}

// setTexts sets the texts of a row.
func setTexts(fields []textField, i int) {
	for k := range fields {
		f := &fields[k]
		switch {
		case f.at != nil:
			*f.to = f.texts[f.at[i]]
		case f.own:
			*f.to = strings.Clone(f.texts[i])
		default:
			*f.to = f.texts[i]
		}
	}
}

// column prepares the field of a column.
func (s *setter) column(c *column, v *values) {
	switch {
	case c.number != nil && v.numbers != nil:
		s.numbers = append(s.numbers, numberField{v.numbers, c.number.set})
	case c.flag != nil && v.flags != nil:
		if to := c.flag.of(&s.r); to != nil {
			s.flags = append(s.flags, flagField{v.flags, to})
		}
	case c.text != nil && v.texts != nil:
		to := c.text.of(&s.r)
		switch {
		case to == nil:
		case v.isConstant():
			*to = v.texts[0]
		case c.part == forShow && s.later:
			s.shown = append(s.shown, textField{v, to, true})
		default:
			s.texts = append(s.texts, textField{v, to, v.at == nil && c.text.own})
		}
	}
}

// row makes the row with a number.
func (s *setter) row(i int) error {
	setTexts(s.texts, i)
	if s.isShown {
		for k := range s.shown {
			*s.shown[k].to = ""
		}
		s.isShown = false
	}
	for k := range s.numbers {
		s.numbers[k].set(&s.r, s.numbers[k].list[i])
	}
	for k := range s.flags {
		*s.flags[k].to = s.flags[k].list[i]
	}
	if n := len(s.r.place.Object.Name); s.r.place.Object.Entry < 0 || s.r.place.Object.Entry > n {
		return fmt.Errorf("%w: the name of an object is shorter than that of its entry", ErrCorrupt)
	}
	if err := s.r.unpack(); err != nil {
		return fmt.Errorf("%w: the row of a change cannot be decoded", ErrCorrupt)
	}
	return nil
}

// made returns the event of the row with a number.
func (s *setter) made(i int, withRecord bool) *Event {
	e := &s.event
	*e = Event{Place: &s.r.place, Micros: s.r.micros, row: i}
	if s.later {
		e.setter = s
	}
	switch s.r.kind {
	case denials:
		e.Denial = &s.r.denial
	case changes:
		e.Change = &s.r.change
	case keys:
		e.Key = &s.r.key
	}
	if withRecord {
		e.Record = []byte(s.r.record)
	}
	return e
}

// valuesOf returns the values of a column by its name.
func (s *setter) valuesOf(name string) *values {
	i := slices.IndexFunc(columnList(), func(c column) bool { return c.name == name })
	return &s.values[i]
}
