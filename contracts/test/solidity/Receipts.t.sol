// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TokenIds} from "../../receipts/TokenIds.sol";
import {ReceiptsHandler} from "./ReceiptsHandler.sol";

contract ReceiptsInvariantTest {
    ReceiptsHandler private _handler;

    function setUp() public {
        _handler = new ReceiptsHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// @notice claimed <= anchored <= size, and the size never goes up
    function invariant_claimed_is_at_most_anchored_is_at_most_size() public view {
        (, uint24 size, uint24 anchored, , , , ) = _handler.receipts().editionOf(
            address(_handler),
            _handler.edition()
        );
        require(_handler.claimed() <= anchored, "claimed > anchored");
        require(anchored <= size, "anchored > size");
        require(size <= _handler.smallestSize(), "the size went up");
    }

    /// @notice one token per serial for ever, none beyond what is anchored, none for a withdrawn serial
    function invariant_a_serial_has_at_most_one_token() public view {
        (, , uint24 anchored, , , , ) = _handler.receipts().editionOf(address(_handler), _handler.edition());
        uint256 owned = 0;
        for (uint256 holder = 1; holder <= 5; ++holder) {
            owned += _handler.receipts().balanceOf(address(uint160(holder)));
        }
        uint256 minted = 0;
        for (uint32 serial = 1; serial <= _handler.OPENED_SIZE(); ++serial) {
            uint256 tokenId = TokenIds.idOf(address(_handler), _handler.edition(), serial);
            uint256 mints = _handler.mintsOf(tokenId);
            require(mints <= 1, "two tokens for one serial");
            require(mints == 0 || serial <= anchored, "a token beyond what is anchored");
            require(mints == 0 || !_handler.withdrawnUnclaimed(tokenId), "a withdrawn serial was claimed");
            minted += mints;
        }
        require(owned == minted && minted == _handler.claimed(), "tokens and claims differ");
    }
}
