package inflate

import "encoding/binary"

// repeats says how many bytes of a match must be there until the text repeats at
// eight bytes or more: at the least such multiple of the distance.
var repeats = [8]uint8{0, 7, 6, 6, 4, 5, 6, 7}

// symbols decodes symbols of a block until limit, its end, or an error.
//
// A turn of the loop starts with 56 bits or more: three literals take 33, as longer
// codes of literals go through a subtable. After one or two there are as many
// again, for a length and a distance, which take 48 at most.
//
// It is one long function because its state must stay in registers. With the copy
// of a match in a function of its own, decoding took up to 8% longer.
func (r *Reader) symbols(limit int) error {
	const litMask, distMask = 1<<litBits - 1, 1<<distBits - 1
	lit, dist := (*[litSize]entry)(r.lit), (*[distSize]entry)(r.dist)
	out, at := (*[outSize]byte)(r.out), r.have
	in, pos, bits, n := r.in, r.pos, r.bits, r.n
	var err error
	for at < limit {
		if pos > len(in)-slack {
			r.pos, r.bits, r.n = pos, bits, n
			if err = r.more(); err != nil {
				break
			}
			in, pos = r.in, r.pos
			r.have = at // all of the input so far was there
		}
		bits |= binary.LittleEndian.Uint64(in[pos:]) << (n & 63)
		pos += int(63-n) >> 3
		n |= 56

		e := lit[bits&litMask]
		if e&isLiteral != 0 {
			bits >>= e & 63
			n -= uint(e & 63)
			out[at] = byte(e >> payload)
			at++
			if e = lit[bits&litMask]; e&isLiteral != 0 {
				bits >>= e & 63
				n -= uint(e & 63)
				out[at] = byte(e >> payload)
				at++
				if e = lit[bits&litMask]; e&isLiteral != 0 {
					bits >>= e & 63
					n -= uint(e & 63)
					out[at] = byte(e >> payload)
					at++
					continue
				}
			}
			bits |= binary.LittleEndian.Uint64(in[pos:]) << (n & 63)
			pos += int(63-n) >> 3
			n |= 56
		}
		if e&isSpecial != 0 {
			if e&isSub != 0 {
				bits >>= litBits
				n -= litBits
				e = lit[e.base()+int(bits&(1<<(e>>8&15)-1))]
			}
			if e&isLiteral != 0 {
				bits >>= e & 63
				n -= uint(e & 63)
				out[at] = byte(e >> payload)
				at++
				continue
			}
			if e&isEnd != 0 {
				bits >>= e & 63
				n -= uint(e & 63)
				r.state = atBlock
				break
			}
			if e&isSpecial != 0 {
				err = ErrCorrupt
				break
			}
		}
		length := e.base() + int(bits&(1<<(e&63)-1)>>(e>>8&15))
		bits >>= e & 63
		n -= uint(e & 63)

		e = dist[bits&distMask]
		if e&isSpecial != 0 {
			if e&isSub != 0 {
				bits >>= distBits
				n -= distBits
				e = dist[e.base()+int(bits&(1<<(e>>8&15)-1))]
			}
			if e&isSpecial != 0 {
				err = ErrCorrupt
				break
			}
		}
		distance := e.base() + int(bits&(1<<(e&63)-1)>>(e>>8&15))
		bits >>= e & 63
		n -= uint(e & 63)

		from := at - distance
		if from < 0 {
			err = ErrCorrupt
			break
		}
		to, end := at, at+length
		if distance < 8 {
			// Eight bytes at a time would include some that are not written yet. After
			// a few bytes the text repeats at eight or more, too.
			for range repeats[distance] {
				out[to] = out[to-distance]
				to++
			}
		}
		for ; to < end; to, from = to+step, from+step {
			d, s := out[to:to+step], out[from:from+step]
			binary.LittleEndian.PutUint64(d, binary.LittleEndian.Uint64(s))
			binary.LittleEndian.PutUint64(d[8:], binary.LittleEndian.Uint64(s[8:]))
			binary.LittleEndian.PutUint64(d[16:], binary.LittleEndian.Uint64(s[16:]))
			binary.LittleEndian.PutUint64(d[24:], binary.LittleEndian.Uint64(s[24:]))
		}
		at = end
	}
	r.pos, r.bits, r.n = pos, bits, n
	if r.overrun() {
		return r.cut() // what was made of the zeros after the input is not handed out
	}
	r.have = at
	return err
}
