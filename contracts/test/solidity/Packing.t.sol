// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EditionSlot, packEdition} from "../../receipts/EditionSlot.sol";
import {StatusNibbles} from "../../receipts/StatusNibbles.sol";
import {TokenIds} from "../../receipts/TokenIds.sol";
import {bound} from "./Vm.sol";

contract PackingTest {
    using StatusNibbles for mapping(uint256 word => uint256);

    mapping(uint256 word => uint256) private _words;

    function testFuzz_an_edition_keeps_every_term(
        address payout,
        uint256 size,
        uint256 anchored,
        uint256 royalty,
        uint256 minutes_,
        uint32 until
    ) public pure {
        uint24 size_ = uint24(bound(size, 0, 1_000_000));
        uint24 anchored_ = uint24(bound(anchored, 0, 1_000_000));
        uint16 royalty_ = uint16(bound(royalty, 0, 1_000));
        uint32 objection = uint32(bound(minutes_, 0, 10_080) * 60);
        EditionSlot slot = packEdition(payout, size_, royalty_, objection, until).withAnchored(anchored_);
        require(slot.payout() == payout, "payout");
        require(slot.size() == size_ && slot.anchored() == anchored_, "counts");
        require(slot.royaltyBps() == royalty_ && slot.objectionSeconds() == objection, "terms");
        require(slot.anchorUntil() == until && slot.exists() == (until != 0), "until");
        EditionSlot closed = slot.withSize(anchored_);
        require(closed.size() == anchored_ && closed.anchored() == anchored_, "closed");
        require(closed.payout() == payout && closed.anchorUntil() == until, "closing touches nothing else");
        require(
            closed.royaltyBps() == royalty_ && closed.objectionSeconds() == objection,
            "closing keeps terms"
        );
    }

    function testFuzz_a_status_touches_no_neighbour(
        uint256 tokenId,
        uint256 offset,
        uint8 a,
        uint8 b
    ) public {
        uint256 other = tokenId ^ bound(offset, 1, 255);
        uint8 first = uint8(bound(a, 0, 15));
        uint8 second = uint8(bound(b, 0, 15));
        _words.set(tokenId, first);
        _words.set(other, second);
        require(_words.get(tokenId) == first && _words.get(other) == second, "two statuses");
        _words.set(other, 0);
        require(_words.get(tokenId) == first && _words.get(other) == 0, "one cleared");
    }

    function testFuzz_clearing_a_range_touches_no_serial_beside_it(
        uint256 firstTokenId,
        uint256 count,
        uint256 seed
    ) public {
        firstTokenId = bound(firstTokenId, 64, type(uint256).max - 1_000);
        count = bound(count, 1, 300);
        uint256 from = firstTokenId - 64;
        uint256 to = firstTokenId + count + 64;
        for (uint256 id = from; id < to; ++id) _words.set(id, uint8(seed >> (id % 240)) & 0xf);
        _words.clear(firstTokenId, count);
        for (uint256 id = from; id < to; ++id) {
            bool inside = id >= firstTokenId && id < firstTokenId + count;
            uint8 expected = inside ? 0 : uint8(seed >> (id % 240)) & 0xf;
            require(_words.get(id) == expected, "a mark is not what it was set to");
        }
    }

    function testFuzz_a_token_id_gives_back_its_parts(
        address issuer,
        uint64 edition,
        uint32 serial
    ) public pure {
        uint256 tokenId = TokenIds.idOf(issuer, edition, serial);
        require(TokenIds.issuerOf(tokenId) == issuer && TokenIds.serialOf(tokenId) == serial, "parts");
        require(TokenIds.editionOf(tokenId) == edition, "edition");
        require(TokenIds.withSerial(tokenId, ~serial) == TokenIds.idOf(issuer, edition, ~serial), "serial");
        require(TokenIds.editionKeyOf(tokenId) == TokenIds.idOf(issuer, edition, 0), "edition key");
    }
}
