package rows

// Context is what many denials have alike: all texts of a row except those that change
// from one request of a caller to the next. All denials of a context are of one group.
type Context struct {
	text  [ofContext]uint32
	Why   Why
	flags flags // hasARN and requester
}

// Number returns the number of a string, which must be one of a context.
func (c *Context) Number(column Column) uint32 { return c.text[column] }

// group returns what the context's rows are about.
func (c *Context) group() GroupKey {
	return GroupKey{c.text[Principal], c.text[Action], c.text[Bucket]}
}

// numbers numbers values, each once.
type numbers[T comparable] struct {
	number map[T]uint32
	list   []T
}

func (all *numbers[T]) intern(x T) uint32 {
	if n, ok := all.number[x]; ok {
		return n
	}
	if all.number == nil {
		all.number = map[T]uint32{}
	}
	n := uint32(len(all.list))
	all.number[x] = n
	all.list = append(all.list, x)
	return n
}
