//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// HALVES gathers the highest bits of the 64 bytes of two vectors in a word.
#define HALVES(low, high, word, scratch) \
	VPMOVMSKB low, word     \
	VPMOVMSKB high, scratch \
	SHLQ      $32, scratch  \
	ORQ       scratch, word

// func followVector(b *byte, blocks int, p *cursor, brackets *[chunk]uint64) int
TEXT ·followVector(SB), NOSPLIT, $0-40
	MOVQ b+0(FP), SI
	MOVQ blocks+8(FP), CX
	MOVQ p+16(FP), DI
	MOVQ brackets+24(FP), DX
	MOVQ cursor_within(DI), R8
	MOVQ cursor_escaped(DI), R9
	MOVQ cursor_depth(DI), R10

	// The bytes to look for, 32 times each.
	MOVQ         $0x7d7b205c22, AX
	VMOVQ        AX, X0
	VPBROADCASTB X0, Y8            // "
	VPSRLDQ      $1, X0, X0
	VPBROADCASTB X0, Y9            // backslash
	VPSRLDQ      $1, X0, X0
	VPBROADCASTB X0, Y10           // the bit in which { } differ from [ ]
	VPSRLDQ      $1, X0, X0
	VPBROADCASTB X0, Y11           // {
	VPSRLDQ      $1, X0, X0
	VPBROADCASTB X0, Y12           // }
	VPCMPEQB     X13, X13, X13     // all ones
	VPBROADCASTB cursor_pair(DI), Y14
	VPBROADCASTB cursor_pair+1(DI), Y15
	VPXOR        X7, X7, X7        // where the pair was, of all blocks

block:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1

	// Is the first byte of the pair there, and a byte further the second?
	VPCMPEQB Y0, Y14, Y2
	VPCMPEQB Y1, Y14, Y3
	VPCMPEQB 1(SI), Y15, Y4
	VPCMPEQB 33(SI), Y15, Y5
	VPAND    Y2, Y4, Y2
	VPAND    Y3, Y5, Y3
	VPOR     Y2, Y7, Y7
	VPOR     Y3, Y7, Y7

	// AX: the quotes. BX is not zero if there are backslashes, or was one before.
	VPCMPEQB  Y0, Y8, Y2
	VPCMPEQB  Y1, Y8, Y3
	HALVES(Y2, Y3, AX, BX)
	VPCMPEQB  Y0, Y9, Y2
	VPCMPEQB  Y1, Y9, Y3
	VPOR      Y2, Y3, Y4
	VPMOVMSKB Y4, BX
	XORQ      R12, R12  // the backslashes that escape
	ORQ       R9, BX
	JNZ       backslashes

unescaped:
	// AX: the bytes outside of strings. The product by ones, without carries, is
	// in each bit the exclusive or of all bits up to it.
	VMOVQ      AX, X4
	VPCLMULQDQ $0, X13, X4, X4
	VMOVQ      X4, AX
	XORQ       R8, AX
	MOVQ       AX, R8
	SARQ       $63, R8
	NOTQ       AX

	// BX: the opening brackets among them. R13: the closing ones.
	VPOR     Y0, Y10, Y0
	VPOR     Y1, Y10, Y1
	VPCMPEQB Y0, Y11, Y2
	VPCMPEQB Y1, Y11, Y3
	VPCMPEQB Y0, Y12, Y4
	VPCMPEQB Y1, Y12, Y5
	HALVES(Y2, Y3, BX, R11)
	HALVES(Y4, Y5, R13, R11)
	ANDQ     AX, BX
	ANDQ     AX, R13
	MOVQ     BX, R11
	ORQ      R13, R11
	MOVQ     R11, (DX)

	ADDQ    $64, SI
	ADDQ    $8, DX
	ANDQ    AX, R12   // a backslash outside breaks the structure
	JNZ     done
	POPCNTQ R13, R13
	SUBQ    R13, R10
	JLE     done      // the value may end in this block
	POPCNTQ BX, BX
	ADDQ    BX, R10
	DECQ    CX
	JNZ     block

done:
	VPMOVMSKB Y7, AX
	VZEROUPPER
	ORQ  AX, cursor_hits(DI)
	MOVQ R8, cursor_within(DI)
	MOVQ R9, cursor_escaped(DI)
	MOVQ R12, cursor_stray(DI)
	SUBQ brackets+24(FP), DX
	SHRQ $3, DX
	MOVQ DX, ret+32(FP)
	RET

backslashes:
	// What follows a backslash that is not itself escaped is escaped. So it
	// alternates along a run of backslashes, and the borrow of a subtraction
	// carries along the run whether it started at an even bit or at an odd one.
	HALVES(Y2, Y3, R12, BX)
	MOVQ R9, BX
	NOTQ BX
	ANDQ R12, BX
	LEAQ (BX)(BX*1), R13
	MOVQ $0xaaaaaaaaaaaaaaaa, R11
	ORQ  R11, R13
	SUBQ BX, R13
	XORQ R11, R13
	ORQ  R12, R9
	XORQ R13, R9             // what is escaped
	NOTQ R9
	ANDQ R9, AX
	ANDQ R9, R12
	ORQ  R12, cursor_hits(DI)
	MOVQ R12, R9
	SHRQ $63, R9
	JMP  unescaped

// func indexGapVector(b *byte, n int, pair [2]byte) int
TEXT ·indexGapVector(SB), NOSPLIT, $0-32
	MOVQ         b+0(FP), SI
	MOVQ         n+8(FP), CX
	VPBROADCASTB pair_0+16(FP), Y0
	VPBROADCASTB pair_1+17(FP), Y1
	XORQ         DX, DX

next:
	// The first byte, and two bytes further the second.
	VPCMPEQB (SI)(DX*1), Y0, Y2
	VPCMPEQB 2(SI)(DX*1), Y1, Y3
	VPCMPEQB 32(SI)(DX*1), Y0, Y4
	VPCMPEQB 34(SI)(DX*1), Y1, Y5
	VPAND    Y2, Y3, Y2
	VPAND    Y4, Y5, Y4
	VPOR     Y2, Y4, Y3
	VPTEST   Y3, Y3
	JNZ      found
	ADDQ     $64, DX
	CMPQ     DX, CX
	JLT      next
	JMP      done

found:
	HALVES(Y2, Y4, AX, BX)
	BSFQ AX, AX
	ADDQ AX, DX

done:
	VZEROUPPER
	MOVQ DX, ret+24(FP)
	RET

// func markVector(b *byte, blocks int, marks *uint64)
TEXT ·markVector(SB), NOSPLIT, $0-24
	MOVQ         b+0(FP), SI
	MOVQ         blocks+8(FP), CX
	MOVQ         marks+16(FP), DX
	MOVQ         $0x1f5c22, AX
	VMOVQ        AX, X0
	VPBROADCASTB X0, Y8            // "
	VPSRLDQ      $1, X0, X0
	VPBROADCASTB X0, Y9            // backslash
	VPSRLDQ      $1, X0, X0
	VPBROADCASTB X0, Y10           // the last control character

mark:
	VMOVDQU  (SI), Y0
	VMOVDQU  32(SI), Y1
	VPCMPEQB Y0, Y8, Y2
	VPCMPEQB Y1, Y8, Y3
	VPCMPEQB Y0, Y9, Y4
	VPCMPEQB Y1, Y9, Y5
	VPOR     Y2, Y4, Y2
	VPOR     Y3, Y5, Y3
	VPMINUB  Y0, Y10, Y4           // a control character is the lesser of the two
	VPMINUB  Y1, Y10, Y5
	VPCMPEQB Y0, Y4, Y4
	VPCMPEQB Y1, Y5, Y5
	VPOR     Y2, Y4, Y2
	VPOR     Y3, Y5, Y3
	HALVES(Y2, Y3, AX, BX)
	MOVQ     AX, (DX)
	ADDQ     $64, SI
	ADDQ     $8, DX
	DECQ     CX
	JNZ      mark
	VZEROUPPER
	RET
