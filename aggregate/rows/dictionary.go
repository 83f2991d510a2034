package rows

import "strings"

// dictionary numbers strings. Number 0 is the empty string.
type dictionary struct {
	number map[string]uint32
	list   []string
}

func (d *dictionary) intern(s string) uint32 {
	if s == "" {
		return 0
	}
	if n, ok := d.number[s]; ok {
		return n
	}
	if d.number == nil {
		d.number = map[string]uint32{}
		d.list = []string{""}
	}
	s = strings.Clone(s) // it may be a part of a long text
	n := uint32(len(d.list))
	d.number[s] = n
	d.list = append(d.list, s)
	return n
}

func (d *dictionary) text(n uint32) string {
	if n == 0 {
		return ""
	}
	return d.list[n]
}
