package org.stoa.catalog.markdown.math;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The words of TeX that stand for a sign, and the letters of its alphabets. */
final class Signs {
    // Signs as words of two, so that the table can be read.
    /** Set as what is named. */
    static final Map<String, String> LETTERS =
            pairs(
                    """
                    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ
                    vartheta ϑ iota ι kappa κ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ
                    varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ
                    Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞
                    partial ∂ nabla ∇ hbar ℏ ell ℓ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ angle
                    ∠ degree ° imath ı jmath ȷ wp ℘ top ⊤ bot ⊥ dots … ldots … cdots ⋯ vdots ⋮
                    ddots ⋱ prime ′ lambda λ
                    """);

    /** Set as what is done or compared. */
    static final Map<String, String> OPERATORS =
            pairs(
                    """
                    pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖
                    otimes ⊗ odot ⊙ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ equiv ≡ approx ≈ sim ∼ simeq
                    ≃ cong ≅ propto ∝ ll ≪ gg ≫ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ notin ∉ ni
                    ∋ cup ∪ cap ∩ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨ lnot ¬ neg ¬ forall ∀
                    exists ∃ nexists ∄ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔
                    Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ uparrow ↑
                    downarrow ↓ longrightarrow ⟶ rightharpoonup ⇀ rightleftharpoons ⇌ perp ⊥
                    parallel ∥ mid ∣ nmid ∤ vdash ⊢ models ⊨ prec ≺ succ ≻ langle ⟨ rangle ⟩
                    lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } vert | Vert ‖ backslash \\
                    colon : therefore ∴ because ∵ in ∈
                    """);

    /** With limits below and above in a display. */
    static final Map<String, String> LARGE =
            pairs(
                    """
                    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁
                    bigwedge ⋀
                    """);

    /** With limits beside them. */
    static final Map<String, String> INTEGRALS =
            pairs(
                    """
                    int ∫ iint ∬ iiint ∭ oint ∮
                    """);

    /** Above what follows. */
    static final Map<String, String> ACCENTS =
            pairs(
                    """
                    hat ^ widehat ^ bar ¯ overline ¯ vec → overrightarrow → dot ˙ ddot ¨ tilde ~
                    widetilde ~ acute ´ grave ` check ˇ breve ˘ overbrace ⏞
                    """);

    /** Names of functions, upright; those of the second with limits below. */
    static final Set<String> FUNCTIONS =
            Set.of(
                    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh",
                    "cosh", "tanh", "log", "ln", "lg", "exp", "deg", "dim", "ker", "arg", "hom");

    static final Set<String> LIMITS =
            Set.of("lim", "limsup", "liminf", "max", "min", "sup", "inf", "det", "gcd", "Pr");

    /** Spaces, in em. */
    static final Map<String, String> SPACES =
            Map.of(
                    "quad",
                    "1em",
                    "qquad",
                    "2em",
                    ",",
                    "0.167em",
                    ":",
                    "0.222em",
                    ";",
                    "0.278em",
                    "!",
                    "-0.167em",
                    " ",
                    "0.333em");

    /** What says how large or how set something is, and changes nothing here. */
    static final Set<String> IGNORED =
            Set.of(
                    "limits",
                    "nolimits",
                    "displaystyle",
                    "textstyle",
                    "big",
                    "Big",
                    "bigg",
                    "Bigg",
                    "bigl",
                    "bigr",
                    "Bigl",
                    "Bigr",
                    "biggl",
                    "biggr",
                    "middle",
                    "nonumber");

    private static final Map<String, String> EXCEPTIONS =
            Map.of(
                    "mathbb", "CℂHℍNℕPℙQℚRℝZℤ",
                    "mathcal", "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ",
                    "mathfrak", "CℭHℌIℑRℜZℨ",
                    "mathit", "hℎ");

    /** Where the capital, the small letter and the digit of an alphabet begin; 0 for none. */
    private static final Map<String, int[]> ALPHABETS =
            Map.of(
                    "mathbf", new int[] {0x1D400, 0x1D41A, 0x1D7CE},
                    "mathit", new int[] {0x1D434, 0x1D44E, 0},
                    "mathcal", new int[] {0x1D49C, 0x1D4B6, 0},
                    "mathfrak", new int[] {0x1D504, 0x1D51E, 0},
                    "mathbb", new int[] {0x1D538, 0x1D552, 0x1D7D8},
                    "mathsf", new int[] {0x1D5A0, 0x1D5BA, 0x1D7E2},
                    "mathtt", new int[] {0x1D670, 0x1D68A, 0x1D7F6});

    private Signs() {}

    static boolean alphabet(String name) {
        return ALPHABETS.containsKey(name);
    }

    /** The letter of an alphabet; itself where that has none. */
    static String letter(String alphabet, char of) {
        var own = EXCEPTIONS.getOrDefault(alphabet, "");
        int at = own.indexOf(of);
        if (at >= 0 && at % 2 == 0) {
            return String.valueOf(own.charAt(at + 1));
        }
        var starts = ALPHABETS.getOrDefault(alphabet, new int[3]);
        int start = of >= 'A' && of <= 'Z' ? starts[0] - 'A' : 0;
        start = of >= 'a' && of <= 'z' ? starts[1] - 'a' : start;
        start = of >= '0' && of <= '9' && starts[2] > 0 ? starts[2] - '0' : start;
        return start <= 0 ? String.valueOf(of) : Character.toString(start + of);
    }

    private static Map<String, String> pairs(String words) {
        var split = words.strip().split("\\s+", -1);
        var pairs = new HashMap<String, String>();
        for (int i = 0; i + 1 < split.length; i += 2) {
            pairs.put(split[i], split[i + 1]);
        }
        return Map.copyOf(pairs);
    }
}
