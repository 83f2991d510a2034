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

// contexts numbers contexts.
type contexts struct {
	number map[Context]uint32
	list   []Context
}

func (cs *contexts) intern(c Context) uint32 {
	if n, ok := cs.number[c]; ok {
		return n
	}
	if cs.number == nil {
		cs.number = map[Context]uint32{}
	}
	n := uint32(len(cs.list))
	cs.number[c] = n
	cs.list = append(cs.list, c)
	return n
}
