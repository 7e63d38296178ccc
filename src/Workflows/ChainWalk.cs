using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Workflows;

/// <summary>Walks hash chains entry by entry, chain by chain: finds where one is broken, and computes the seal over all.</summary>
/// <remarks>
/// The seal is the sum, modulo 2^256, of the SHA-256 of each chain's last entry until a moment: whoever writes it down elsewhere can prove later that
/// nothing of before was altered or cut off, even by somebody who made the chains anew.
/// </remarks>
public sealed class ChainWalk(DateTimeOffset until)
{
    private const int MostTold = 100;
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    private readonly List<BrokenChain> broken = [];
    private string? chain;
    private long sequence;
    private string? head;
    private BigInteger sum;
    private long entries, chains, breaks;

    /// <summary>The next entry; those of one chain follow each other in ascending order.</summary>
    /// <param name="holds">Whether its hash is that of its contents and of the entry before.</param>
    /// <param name="hash">Its hash, in hexadecimal.</param>
    public void Enter(string name, long number, DateTimeOffset at, bool holds, string hash)
    {
        if (name != chain)
        {
            Close();
            (chain, sequence) = (name, 0);
            chains++;
        }

        entries++;
        if (number != sequence + 1)
            Break(sequence + 1, "missing");
        else if (!holds)
            Break(number, "altered");
        sequence = number;
        if (at <= until)
            head = $"{name}\n{number}\n{hash}";
    }

    /// <summary>Says of the chain just walked that its end is missing.</summary>
    public void EndIsMissing() => Break(sequence + 1, "missing");

    /// <summary>Says of a chain that there must be that nothing of it is there.</summary>
    public void IsMissing(string name)
    {
        Close();
        (chain, sequence) = (name, 0);
        EndIsMissing();
    }

    public ChainReport End()
    {
        Close();
        chain = null;
        return new ChainReport(entries, chains, until, Convert.ToHexStringLower(sum.ToByteArray(isUnsigned: true, isBigEndian: true)).PadLeft(64, '0'), breaks, broken);
    }

    private void Break(long number, string how)
    {
        breaks++;
        if (broken.Count < MostTold)
            broken.Add(new BrokenChain(chain!, number, how));
    }

    private void Close()
    {
        if (head is not null)
            sum = (sum + new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(head)), isUnsigned: true, isBigEndian: true)) % Modulus;
        head = null;
    }
}

/// <summary>What a walk along hash chains found.</summary>
/// <param name="Until">The moment that the seal is of.</param>
/// <param name="Seal">64 hexadecimal digits; the same again as long as nothing until that moment is altered.</param>
/// <param name="Breaks">How many there are; <paramref name="Broken"/> has the first hundred.</param>
public sealed record ChainReport(long Entries, long Chains, DateTimeOffset Until, string Seal, long Breaks, IReadOnlyList<BrokenChain> Broken);

/// <summary>Where a chain does not hold.</summary>
/// <param name="How"><c>altered</c> or <c>missing</c>.</param>
public sealed record BrokenChain(string Chain, long Sequence, string How);
