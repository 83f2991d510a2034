//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// EQUAL tells in V4 to V7 which of the 64 bytes in V0 to V3 equal those of a vector.
#define EQUAL(bytes) \
	VCMEQ V0.B16, bytes.B16, V4.B16 \
	VCMEQ V1.B16, bytes.B16, V5.B16 \
	VCMEQ V2.B16, bytes.B16, V6.B16 \
	VCMEQ V3.B16, bytes.B16, V7.B16

// GATHER adds up V4 to V7, of whose bytes all bits are set or none, to a vector of which
// two neighboring bytes are to be added to make eight bits of a word. V31 has one bit
// a byte.
#define GATHER(sum) \
	VAND  V31.B16, V4.B16, V4.B16 \
	VAND  V31.B16, V5.B16, V5.B16 \
	VAND  V31.B16, V6.B16, V6.B16 \
	VAND  V31.B16, V7.B16, V7.B16 \
	VADDP V5.B16, V4.B16, V4.B16 \
	VADDP V7.B16, V6.B16, V6.B16 \
	VADDP V6.B16, V4.B16, sum.B16

#define BITS(scratch) \
	MOVD $0x8040201008040201, scratch \
	VDUP scratch, V31.D2

// COUNT replaces a word by how many bits of it are set.
#define COUNT(word) \
	FMOVD   word, F4 \
	VCNT    V4.B8, V4.B8 \
	VUADDLV V4.B8, V4 \
	FMOVD   F4, word

// func followVector(b *byte, blocks int, p *cursor, brackets *[chunk]uint64) int
TEXT ·followVector(SB), NOSPLIT, $0-40
	MOVD b+0(FP), R0
	MOVD blocks+8(FP), R1
	MOVD p+16(FP), R2
	MOVD brackets+24(FP), R3
	MOVD R3, R4
	MOVD cursor_within(R2), R8
	MOVD cursor_escaped(R2), R9
	MOVD cursor_depth(R2), R10
	MOVD cursor_hits(R2), R11

	// The bytes to look for, 16 times each.
	MOVBU cursor_pair(R2), R5
	MOVBU cursor_pair+1(R2), R6
	VDUP  R5, V24.B16
	VDUP  R6, V25.B16
	VMOVI $0x22, V26.B16          // "
	VMOVI $0x5c, V27.B16          // backslash
	VMOVI $0x20, V28.B16          // the bit in which { } differ from [ ]
	VMOVI $0x7b, V29.B16          // {
	VMOVI $0x7d, V30.B16          // }
	VEOR  V23.B16, V23.B16, V23.B16 // where the pair was, of all blocks
	BITS(R5)
	MOVD  $0xaaaaaaaaaaaaaaaa, R12

block:
	ADD  $1, R0, R5
	VLD1 (R0), [V0.B16, V1.B16, V2.B16, V3.B16]
	VLD1 (R5), [V16.B16, V17.B16, V18.B16, V19.B16]

	// Is the first byte of the pair there, and a byte further the second?
	EQUAL(V24)
	VCMEQ V16.B16, V25.B16, V16.B16
	VCMEQ V17.B16, V25.B16, V17.B16
	VCMEQ V18.B16, V25.B16, V18.B16
	VCMEQ V19.B16, V25.B16, V19.B16
	VAND  V16.B16, V4.B16, V4.B16
	VAND  V17.B16, V5.B16, V5.B16
	VAND  V18.B16, V6.B16, V6.B16
	VAND  V19.B16, V7.B16, V7.B16
	VORR  V4.B16, V5.B16, V4.B16
	VORR  V6.B16, V7.B16, V6.B16
	VORR  V4.B16, V6.B16, V4.B16
	VORR  V4.B16, V23.B16, V23.B16

	// R5: the quotes. R6: the backslashes.
	EQUAL(V26)
	GATHER(V16)
	EQUAL(V27)
	GATHER(V17)
	VADDP V17.B16, V16.B16, V16.B16
	VMOV  V16.D[0], R5
	VMOV  V16.D[1], R6
	ORR   R6, R9, R7
	CBNZ  R7, backslashes

unescaped:
	// R8: the bytes within strings. Each bit is the exclusive or of all quotes up to it.
	EOR R5<<1, R5, R5
	EOR R5<<2, R5, R5
	EOR R5<<4, R5, R5
	EOR R5<<8, R5, R5
	EOR R5<<16, R5, R5
	EOR R5<<32, R5, R5
	EOR R5, R8, R5
	ASR $63, R5, R8

	// R13: the opening brackets outside of strings. R14: the closing ones.
	VORR  V0.B16, V28.B16, V0.B16
	VORR  V1.B16, V28.B16, V1.B16
	VORR  V2.B16, V28.B16, V2.B16
	VORR  V3.B16, V28.B16, V3.B16
	EQUAL(V29)
	GATHER(V16)
	EQUAL(V30)
	GATHER(V17)
	VADDP V17.B16, V16.B16, V16.B16
	VMOV  V16.D[0], R13
	VMOV  V16.D[1], R14
	BIC   R5, R13, R13
	BIC   R5, R14, R14
	ORR   R13, R14, R15
	MOVD.P R15, 8(R3)

	ADD  $64, R0
	BIC  R5, R6, R6 // a backslash outside breaks the structure
	CBNZ R6, done
	COUNT(R14)
	SUB  R14, R10
	CMP  $0, R10
	BLE  done       // the value may end in this block
	COUNT(R13)
	ADD  R13, R10
	SUB  $1, R1
	CBNZ R1, block

done:
	VMOV V23.D[0], R5
	VMOV V23.D[1], R7
	ORR  R5, R11
	ORR  R7, R11
	MOVD R11, cursor_hits(R2)
	MOVD R8, cursor_within(R2)
	MOVD R9, cursor_escaped(R2)
	MOVD R6, cursor_stray(R2)
	SUB  R4, R3
	LSR  $3, R3
	MOVD R3, ret+32(FP)
	RET

backslashes:
	// What follows a backslash that is not itself escaped is escaped. So it
	// alternates along a run of backslashes, and the borrow of a subtraction
	// carries along the run whether it started at an even bit or at an odd one.
	BIC R9, R6, R7
	LSL $1, R7, R13
	ORR R12, R13
	SUB R7, R13
	EOR R12, R13
	ORR R6, R9
	EOR R13, R9     // what is escaped
	BIC R9, R5
	BIC R9, R6
	ORR R6, R11
	LSR $63, R6, R9
	B   unescaped

// func indexGapVector(b *byte, n int, pair [2]byte) int
TEXT ·indexGapVector(SB), NOSPLIT, $0-32
	MOVD  b+0(FP), R0
	MOVD  n+8(FP), R1
	MOVBU pair_0+16(FP), R5
	MOVBU pair_1+17(FP), R6
	VDUP  R5, V24.B16
	VDUP  R6, V25.B16
	BITS(R5)
	MOVD  $0, R2

next:
	// The first byte, and two bytes further the second.
	ADD   $2, R0, R5
	VLD1.P 64(R0), [V0.B16, V1.B16, V2.B16, V3.B16]
	VLD1  (R5), [V16.B16, V17.B16, V18.B16, V19.B16]
	EQUAL(V24)
	VCMEQ V16.B16, V25.B16, V16.B16
	VCMEQ V17.B16, V25.B16, V17.B16
	VCMEQ V18.B16, V25.B16, V18.B16
	VCMEQ V19.B16, V25.B16, V19.B16
	VAND  V16.B16, V4.B16, V4.B16
	VAND  V17.B16, V5.B16, V5.B16
	VAND  V18.B16, V6.B16, V6.B16
	VAND  V19.B16, V7.B16, V7.B16
	VORR  V4.B16, V5.B16, V16.B16
	VORR  V6.B16, V7.B16, V17.B16
	VORR  V16.B16, V17.B16, V16.B16
	VMOV  V16.D[0], R5
	VMOV  V16.D[1], R6
	ORR   R5, R6
	CBNZ  R6, found
	ADD   $64, R2
	CMP   R1, R2
	BLT   next
	B     end

found:
	GATHER(V16)
	VADDP V16.B16, V16.B16, V16.B16
	VMOV  V16.D[0], R5
	RBIT  R5, R5
	CLZ   R5, R5
	ADD   R5, R2

end:
	MOVD R2, ret+24(FP)
	RET

// func markVector(b *byte, blocks int, marks *uint64)
TEXT ·markVector(SB), NOSPLIT, $0-24
	MOVD  b+0(FP), R0
	MOVD  blocks+8(FP), R1
	MOVD  marks+16(FP), R2
	VMOVI $0x22, V24.B16 // "
	VMOVI $0x5c, V25.B16 // backslash
	VMOVI $0x1f, V26.B16 // the last control character
	BITS(R5)

mark:
	VLD1.P 64(R0), [V0.B16, V1.B16, V2.B16, V3.B16]
	VCMEQ V0.B16, V24.B16, V16.B16
	VCMEQ V1.B16, V24.B16, V17.B16
	VCMEQ V2.B16, V24.B16, V18.B16
	VCMEQ V3.B16, V24.B16, V19.B16
	EQUAL(V25)
	VORR  V4.B16, V16.B16, V16.B16
	VORR  V5.B16, V17.B16, V17.B16
	VORR  V6.B16, V18.B16, V18.B16
	VORR  V7.B16, V19.B16, V19.B16
	VUMIN V0.B16, V26.B16, V4.B16 // a control character is the lesser of the two
	VUMIN V1.B16, V26.B16, V5.B16
	VUMIN V2.B16, V26.B16, V6.B16
	VUMIN V3.B16, V26.B16, V7.B16
	VCMEQ V0.B16, V4.B16, V4.B16
	VCMEQ V1.B16, V5.B16, V5.B16
	VCMEQ V2.B16, V6.B16, V6.B16
	VCMEQ V3.B16, V7.B16, V7.B16
	VORR  V16.B16, V4.B16, V4.B16
	VORR  V17.B16, V5.B16, V5.B16
	VORR  V18.B16, V6.B16, V6.B16
	VORR  V19.B16, V7.B16, V7.B16
	GATHER(V16)
	VADDP V16.B16, V16.B16, V16.B16
	VMOV  V16.D[0], R5
	MOVD.P R5, 8(R2)
	SUB   $1, R1
	CBNZ  R1, mark
	RET
