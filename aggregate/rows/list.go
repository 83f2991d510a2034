package rows

// list is a list of rows that grows without moving them: doubling a slice would
// briefly need three times its memory.
type list struct {
	chunks [][]Row
	n      int
}

const chunkRows = 4096

func (l *list) add(x Row) {
	if l.n%chunkRows == 0 && l.n/chunkRows == len(l.chunks) {
		// The first chunk grows as needed, because most runs find few denials.
		size := chunkRows
		if len(l.chunks) == 0 {
			size = 64
		}
		l.chunks = append(l.chunks, make([]Row, 0, size))
	}
	last := &l.chunks[l.n/chunkRows]
	*last = append(*last, x)
	l.n++
}

func (l *list) at(i int) *Row { return &l.chunks[i/chunkRows][i%chunkRows] }

// reset empties the list. It keeps the first chunk for reuse if it still has one.
func (l *list) reset() {
	if len(l.chunks) > 0 && l.chunks[0] != nil {
		l.chunks = l.chunks[:1]
		l.chunks[0] = l.chunks[0][:0]
	} else {
		l.chunks = nil
	}
	l.n = 0
}
