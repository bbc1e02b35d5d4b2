// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721A} from "erc721a/contracts/ERC721A.sol";

/// @title ERC721A with nothing but its mint made callable
contract Erc721aPeer is ERC721A("Peer", "PEER") {
    function mint(address to, uint256 quantity) external {
        _mint(to, quantity);
    }
}
