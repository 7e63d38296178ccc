using System.Globalization;
using System.Numerics;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Tickets;

/// <summary>The code by which the answer to a ticket is read without a name: made from its id by a key that only this installation has, so nobody guesses one.</summary>
public static class TicketCode
{
    /// <summary>Without letters and digits that are taken for one another on the phone.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Length = 12;

    /// <summary>The code of a ticket, always the same.</summary>
    public static string Of(string ticketId, PersonalDataKey key)
    {
        var rest = BigInteger.Parse("0" + key.Sign("ticket code:" + ticketId), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return string.Create(Length, rest, static (letters, number) =>
        {
            for (var at = 0; at < letters.Length; at++)
            {
                number = BigInteger.DivRem(number, Alphabet.Length, out var place);
                letters[at] = Alphabet[(int)place];
            }
        });
    }
}
