package inflate

// block reads the head of a block.
// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3
func (r *Reader) block() error {
	if r.final {
		r.state = atEnd
		return nil
	}
	if err := r.need(); err != nil {
		return err
	}
	r.final = r.take(1) == 1
	var err error
	switch r.take(2) {
	case 0:
		err = r.startStored()
	case 1:
		r.lit, r.dist, r.state = fixedLit[:], fixedDist[:], inCodes
	case 2:
		err = r.codes()
	default:
		err = ErrCorrupt
	}
	if r.overrun() {
		err = r.cut()
	}
	return err
}

// startStored reads the length of a block that is not compressed, at the next
// full byte.
func (r *Reader) startStored() error {
	r.take(r.n & 7)
	if err := r.need(); err != nil {
		return err
	}
	size := r.take(16)
	if r.take(16) != size^0xffff {
		return ErrCorrupt
	}
	r.pos, r.bits, r.n = r.at(), 0, 0
	r.stored, r.state = size, inStored
	return nil
}

// copyStored copies from a stored block.
func (r *Reader) copyStored(limit int) error {
	for r.stored > 0 && r.have < limit {
		if r.pos >= r.end {
			if err := r.more(); err != nil {
				return err
			}
		}
		n := copy(r.out[r.have:limit], r.in[r.pos:min(r.end, r.pos+r.stored)])
		r.have += n
		r.pos += n
		r.stored -= n
	}
	if r.stored == 0 {
		r.state = atBlock
	}
	return nil
}

// lenOrder is the order in which the lengths of the code of code lengths come.
var lenOrder = [lenCodes]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// codes reads the codes that the block brings with it.
// https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7
func (r *Reader) codes() error {
	lits := r.take(5) + endOfBlock + 1
	dists := r.take(5) + 1
	given := r.take(4) + 4
	if lits > maxLit || dists > maxDist {
		return ErrCorrupt
	}
	var ofLens [lenCodes]uint8
	for i := range given {
		if i%16 == 0 { // 3 bits each
			if err := r.need(); err != nil {
				return err
			}
		}
		ofLens[lenOrder[i]] = uint8(r.take(3))
	}
	var table [lenSize]entry
	if !build(table[:], lenBits, ofLens[:], lenEntries[:]) {
		return ErrCorrupt
	}
	lens := r.lens[:lits+dists]
	if err := r.lengths(lens, &table); err != nil {
		return err
	}
	r.lit, r.dist, r.state = r.ownLit[:], r.ownDist[:], inCodes
	if lens[endOfBlock] == 0 ||
		!build(r.lit, litBits, lens[:lits], litEntries[:]) ||
		!build(r.dist, distBits, lens[lits:], distEntries[:]) {
		return ErrCorrupt
	}
	return nil
}

// lengths reads the lengths of codes, which have a code of their own.
func (r *Reader) lengths(lens []uint8, table *[lenSize]entry) error {
	for i := 0; i < len(lens); {
		if err := r.need(); err != nil {
			return err
		}
		// Four of at most 14 bits.
		for range 4 {
			if i == len(lens) {
				break
			}
			e := table[r.bits%lenSize]
			if e&isSpecial != 0 {
				return ErrCorrupt
			}
			r.take(uint(e & 0xff))
			value, times := uint8(0), 1
			switch length := e >> payload; {
			case length < 16:
				value = uint8(length)
			case length == 16 && i == 0:
				return ErrCorrupt
			case length == 16:
				value, times = lens[i-1], 3+r.take(2)
			case length == 17:
				times = 3 + r.take(3)
			default:
				times = 11 + r.take(7)
			}
			if i+times > len(lens) {
				return ErrCorrupt
			}
			for range times {
				lens[i] = value
				i++
			}
		}
	}
	return nil
}
