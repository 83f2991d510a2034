package rows

// shapes are those of messages, each kept once. They are the garbage collector's once no
// detail has them.
type shapes map[string]string

// mostShapes bounds how many are remembered. A log has few, unless it is hostile.
const mostShapes = 1024

// share returns a shape in the memory of an equal one.
func (s *shapes) share(shape string) string {
	if known, ok := (*s)[shape]; ok {
		return known
	}
	if *s == nil || len(*s) >= mostShapes {
		*s = shapes{}
	}
	(*s)[shape] = shape
	return shape
}
