package scan

// skip consumes b up to the end of the value and returns how many bytes belong
// to it. done is false if the value continues after b.
func (s *skipper) skip(b []byte) (n int, done bool, err error) {
	i := 0
	if s.depth == 0 && !s.inString {
		if i, done = s.start(b); s.depth == 0 && !s.inString {
			s.hit = true
			return i, done, nil
		}
	}
	if s.depth > 0 && len(b)-i > blockSize {
		at, done, err := s.skipBlocks(b[i:])
		if i += at; done || err != nil {
			return i, done, err
		}
	}
	s.hit = true // there may be one in what follows
	if s.depth == 0 {
		i = s.skipString(b, i)
		return i, !s.inString, nil
	}
	return s.skipBytes(b, i)
}
