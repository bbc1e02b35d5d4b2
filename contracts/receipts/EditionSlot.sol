// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An edition in one storage word, lowest bits first: payout 160 | size 20 | anchored 20 | royalty 10 |
/// objection minutes 14 | anchorUntil 32. One word is what makes opening and anchoring cheap.
type EditionSlot is uint256;

using {payout, size, anchored, royaltyBps, objectionSeconds, anchorUntil, exists} for EditionSlot global;
using {withSize, withAnchored} for EditionSlot global;

uint256 constant SIZE_AT = 160;
uint256 constant ANCHORED_AT = 180;
uint256 constant ROYALTY_AT = 200;
uint256 constant OBJECTION_AT = 210;
uint256 constant ANCHOR_UNTIL_AT = 224;

uint256 constant COUNT_MASK = (1 << 20) - 1;
uint256 constant ROYALTY_MASK = (1 << 10) - 1;
uint256 constant OBJECTION_MASK = (1 << 14) - 1;

/// @dev Every argument is checked by the caller to fit its bits.
function packEdition(
    address payout_,
    uint24 size_,
    uint16 royaltyBps_,
    uint32 objectionSeconds_,
    uint32 anchorUntil_
) pure returns (EditionSlot) {
    return
        EditionSlot.wrap(
            uint256(uint160(payout_)) |
                (uint256(size_) << SIZE_AT) |
                (uint256(royaltyBps_) << ROYALTY_AT) |
                (uint256(objectionSeconds_ / 60) << OBJECTION_AT) |
                (uint256(anchorUntil_) << ANCHOR_UNTIL_AT)
        );
}

function payout(EditionSlot slot) pure returns (address) {
    return address(uint160(EditionSlot.unwrap(slot)));
}

function size(EditionSlot slot) pure returns (uint24) {
    return uint24((EditionSlot.unwrap(slot) >> SIZE_AT) & COUNT_MASK);
}

function anchored(EditionSlot slot) pure returns (uint24) {
    return uint24((EditionSlot.unwrap(slot) >> ANCHORED_AT) & COUNT_MASK);
}

function royaltyBps(EditionSlot slot) pure returns (uint16) {
    return uint16((EditionSlot.unwrap(slot) >> ROYALTY_AT) & ROYALTY_MASK);
}

function objectionSeconds(EditionSlot slot) pure returns (uint32) {
    return uint32(((EditionSlot.unwrap(slot) >> OBJECTION_AT) & OBJECTION_MASK) * 60);
}

function anchorUntil(EditionSlot slot) pure returns (uint32) {
    return uint32(EditionSlot.unwrap(slot) >> ANCHOR_UNTIL_AT);
}

/// @dev anchorUntil is never zero in an opened edition, also not after it was closed with nothing anchored.
function exists(EditionSlot slot) pure returns (bool) {
    return EditionSlot.unwrap(slot) >> ANCHOR_UNTIL_AT != 0;
}

function withSize(EditionSlot slot, uint24 size_) pure returns (EditionSlot) {
    uint256 cleared = EditionSlot.unwrap(slot) & ~(COUNT_MASK << SIZE_AT);
    return EditionSlot.wrap(cleared | (uint256(size_) << SIZE_AT));
}

function withAnchored(EditionSlot slot, uint24 anchored_) pure returns (EditionSlot) {
    uint256 cleared = EditionSlot.unwrap(slot) & ~(COUNT_MASK << ANCHORED_AT);
    return EditionSlot.wrap(cleared | (uint256(anchored_) << ANCHORED_AT));
}
